// SPDX-License-Identifier: MIT
// The base language: the records of this directory, always active.
#include "sieve/spec.h"

namespace sieve {

extern const Extension core_control;
extern const Extension core_logic;
extern const Extension core_actions;
extern const Extension core_matching;
extern const Extension core_header;
extern const Extension core_address;
extern const Extension core_exists;
extern const Extension core_size;

namespace {

constinit const Extension* const records[] = {&core_control, &core_logic,   &core_actions, &core_matching,
                                              &core_header,  &core_address, &core_exists,  &core_size};

} // namespace

std::span<const Extension* const> core_language() { return records; }

} // namespace sieve
