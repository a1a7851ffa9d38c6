require "include";
include :personal :global "mark";
