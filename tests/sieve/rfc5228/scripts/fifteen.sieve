if not not not not not not not not not not not not not not not true { keep; }
if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {if true {keep;}}}}}}}}}}}}}}}
