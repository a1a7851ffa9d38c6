require "vacation";
vacation "I am away.";
vacation :handle "other" "I am still away.";
