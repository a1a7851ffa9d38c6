// SPDX-License-Identifier: MIT
#include "tools/progress.h"

#include "support/catch.h"

using namespace tools;

TEST_CASE("a line says how far it is, how fast, and how long it takes still") {
  CHECK(progress_line(250, 1000, 0.125) == "[#####---------------]  25%  250/1000  2000/s  0:00 left");
  CHECK(progress_line(0, 1000, 0) == "[--------------------]   0%  0/1000  0/s  0:00 left");
  CHECK(progress_line(1000, 1000, 10) == "[####################] 100%  1000/1000  100/s  0:00 left");
  CHECK(progress_line(1, 1000, 10) == "[--------------------]   0%  1/1000  0/s  166:30 left");
  CHECK(progress_line(0, 0, 0) == "[--------------------]   0%  0/0  0/s  0:00 left");
}

TEST_CASE("a line of the largest mailbox fits a terminal") {
  CHECK(progress_line(999999998, 999999999, 1e9).size() <= 79);
}
