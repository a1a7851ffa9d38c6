require "notify";
notify :method "mailto" :options ["bob@example.net", "Carol <carol@example.net>"] :high
	:message "$from$|$env-from$|$subject$|$text[5]$|$other$|$";
notify :options "bob@example.net";
notify :options "dave@example.net" :low;
