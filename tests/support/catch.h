// SPDX-License-Identifier: MIT
// The one door to Catch2: Debian 12 has v2 (one header), newer systems v3.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
