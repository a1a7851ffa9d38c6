require "include";
include :optional "errors/broken";
