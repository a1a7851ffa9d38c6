require "include";
include :global "broken";
