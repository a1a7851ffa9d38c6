require "include";
include :optional "./../..//etc/passwd";
