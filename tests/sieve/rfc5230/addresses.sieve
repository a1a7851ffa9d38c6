require "vacation";
vacation :addresses ["robert@example.com", "Bob B. <bobby@example.com>", "no address"] "I am away.";
