// SPDX-License-Identifier: MIT
// ihave and error (RFC 5463).
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

TEST_CASE("ihave turns on what is there, from there on") {
  CHECK(outcome_of("require \"ihave\"; if ihave \"fileinto\" { fileinto \"a\"; } fileinto \"b\";") ==
        "fileinto a; fileinto b");
  CHECK(errors_of("require \"ihave\"; fileinto \"a\"; if ihave \"fileinto\" { }") ==
        "1:18: unknown command `fileinto': require \"fileinto\" is missing\n");
  CHECK(outcome_of("require \"ihave\"; if not ihave [\"copy\", \"fileinto\"] { nonsense; }"
                   " fileinto :copy \"a\";") == "fileinto a :copy; implicit keep");
  CHECK(outcome_of("require \"ihave\"; if ihave \"comparator-i;ascii-numeric\" { if header :is :comparator"
                   " \"i;ascii-numeric\" \"subject\" \"x\" { discard; } }") == "discard");
}

TEST_CASE("what cannot be had is not looked at") {
  CHECK(outcome_of("require \"ihave\"; if ihave \"nope\" { nope \"x\"; } else { discard; }") == "discard");
  CHECK(outcome_of("require \"ihave\"; if allof(ihave \"nope\", nope :x \"y\") { nope; }") ==
        "implicit keep");
  CHECK(outcome_of("require \"ihave\"; if anyof(not ihave \"nope\", nope \"y\") { discard; }") == "discard");
  CHECK(outcome_of("require \"ihave\"; if ihave [\"fileinto\", \"nope\"] { fileinto \"x\"; }") ==
        "implicit keep");
  CHECK_FALSE(errors_of("require \"ihave\"; if ihave [\"fileinto\", \"nope\"] { } fileinto \"x\";").empty());
}

TEST_CASE("what changes how scripts are read cannot be had") {
  CHECK(outcome_of("require [\"ihave\", \"fileinto\"]; if ihave \"variables\" { discard; } else"
                   " { fileinto \"${x}\"; }") == "fileinto ${x}");
  CHECK(outcome_of("require \"ihave\"; if ihave \"encoded-character\" { discard; }") == "implicit keep");
  CHECK(outcome_of("require [\"ihave\", \"variables\"]; if ihave \"variables\" { discard; }") == "discard");
  CHECK_FALSE(errors_of("require [\"ihave\", \"variables\"]; if ihave \"${x}\" { }").empty());
}

TEST_CASE("error ends the script and keeps the mail") {
  CHECK(outcome_of("require \"ihave\"; discard; error \"no way\"; stop;") == "implicit keep; error: no way");
}
