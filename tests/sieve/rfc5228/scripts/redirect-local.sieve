redirect "nobody";
