require "include";
include "includes-broken";
