require ["vacation", "editheader"];
deleteheader "Subject";
addheader "Subject" "Lunch";
vacation "I am away.";
