redirect "  a @ example.org ";
