redirect "away@example.net";
