require "include"; include "c-deep2";
