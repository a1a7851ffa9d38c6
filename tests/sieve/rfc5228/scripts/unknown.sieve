frop;
frop;
if frup { keep; }
if frup { keep; }
