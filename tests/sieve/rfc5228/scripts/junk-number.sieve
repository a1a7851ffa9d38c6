if size :over 100x { stop; }
