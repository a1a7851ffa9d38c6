require "encoded-character";
redirect "a${unicode:d800}@example.org";
