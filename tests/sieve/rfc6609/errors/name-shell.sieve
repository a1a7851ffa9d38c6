require "include";
include "foo$(`rm star`)";
