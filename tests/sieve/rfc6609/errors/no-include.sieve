include "mark";
