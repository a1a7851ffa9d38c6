require "notify";
require "enotify";
keep;
