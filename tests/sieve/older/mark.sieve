require "imapflags";
mark;
