// SPDX-License-Identifier: MIT
// inject [--report FILE] [--calls] [--no-unnamed-files] [--no-links]
//        [--fault ACTION[=ERRNO] --process N --call N [--name CALL]] COMMAND...
// Runs COMMAND (a path) and puts one fault at one system call. Exit status: the command's; 125 for a mistake.
#include "tracer.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <getopt.h>

namespace {

struct ActionName {
  const char* text;
  fault::Action action;
};

constexpr ActionName actions[] = {
    {"fail", fault::Action::fail},
    {"lie", fault::Action::lie},
    {"kill-before", fault::Action::kill_before},
    {"kill-after", fault::Action::kill_after},
    {"kill-all-before", fault::Action::kill_all_before},
    {"kill-all-after", fault::Action::kill_all_after},
    {"crash", fault::Action::crash},
    {"orphan", fault::Action::orphan},
};

struct Arguments {
  fault::Fault fault;
  fault::Missing missing;
  std::FILE* report = nullptr;
  bool calls = false;
};

[[noreturn]] void mistake(const char* text) {
  std::fprintf(stderr, "inject: %s\n", text);
  std::exit(125);
}

/// "kill-before", "fail=28": the number of the error.
void parse_fault(const char* text, fault::Fault& fault) {
  const char* const sign = std::strchr(text, '=');
  const std::string name(text, sign != nullptr ? static_cast<std::size_t>(sign - text) : std::strlen(text));
  for (const auto& known : actions)
    if (name == known.text) fault.action = known.action;
  if (fault.action == fault::Action::none) mistake("no such action");
  if (sign != nullptr) fault.error = std::atoi(sign + 1);
}

constexpr option long_options[] = {
    {"report", required_argument, nullptr, 'r'},
    {"calls", no_argument, nullptr, 'a'},
    {"no-unnamed-files", no_argument, nullptr, 'u'},
    {"no-links", no_argument, nullptr, 'l'},
    {"fault", required_argument, nullptr, 'f'},
    {"process", required_argument, nullptr, 'p'},
    {"call", required_argument, nullptr, 'c'},
    {"name", required_argument, nullptr, 'n'},
    {},
};

Arguments parse(int argc, char** argv) {
  Arguments result;
  for (int option = 0; (option = getopt_long(argc, argv, "+", long_options, nullptr)) != -1;) {
    switch (option) {
    case 'r': result.report = std::fopen(optarg, "we"); break;
    case 'a': result.calls = true; break;
    case 'u': result.missing.unnamed_files = true; break;
    case 'l': result.missing.links = true; break;
    case 'f': parse_fault(optarg, result.fault); break;
    case 'p': result.fault.process = static_cast<unsigned>(std::atoi(optarg)); break;
    case 'c': result.fault.call = static_cast<unsigned>(std::atoi(optarg)); break;
    case 'n': result.fault.name = optarg; break;
    default: mistake("unknown option");
    }
  }
  if (optind == argc) mistake("no command");
  return result;
}

} // namespace

int main(int argc, char** argv) {
  if (!fault::supported()) mistake("not on this processor");
  const Arguments arguments = parse(argc, argv);
  fault::Tracer tracer(arguments.fault, arguments.missing, arguments.report, arguments.calls);
  const int status = tracer.run(argv + optind);
  if (arguments.report != nullptr && std::fclose(arguments.report) != 0)
    mistake("the report cannot be written");
  return status;
}
