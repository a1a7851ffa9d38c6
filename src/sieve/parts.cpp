// SPDX-License-Identifier: MIT
#include "sieve/parts.h"

#include "mail/charset.h"
#include "mail/transfer_encoding.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

namespace {

struct Walk {
  PartPath start;        // what it goes through
  PartPath current;      // where it is
  bool replaced = false; // what is there now was not there when it came
};

/// In Execution::slots: open loops, outermost first.
struct Walks {
  std::vector<Walk> open;
};

std::vector<Walk>& walks(Execution& execution) { return execution.slots.get<Walks>().open; }

/// The message whose structure was read last: an edit makes it be read anew, which has its price.
struct ReadMessage {
  Snapshot message;
};

const mail::Part& read_root(Execution& execution, const Snapshot& message) {
  constexpr std::uint64_t price_of_part = 100;
  const mail::Part& root = message->root();
  auto& read = execution.slots.get<ReadMessage>().message;
  if (read == message) return root;
  read = message;
  std::uint64_t parts = 0;
  each_part(root, [&](const mail::Part&) { ++parts; });
  execution.spend_work(price_of_part * parts + message->size() / 6);
  return root;
}

} // namespace

const mail::Part* find_part(const mail::Part& root, const PartPath& path) {
  const mail::Part* part = &root;
  for (const std::size_t child : path) {
    if (child >= part->children.size()) return nullptr;
    part = part->children[child].get();
  }
  return part;
}

void each_part(const mail::Part& part, const std::function<void(const mail::Part&)>& visit) {
  visit(part);
  for (const auto& child : part.children) each_part(*child, visit);
}

bool is_readable(const mail::Part& part) {
  if (!mail::decode_transfer("", part.encoding)) return false;
  const auto* charset = mail::find_parameter(part.parameters, "charset");
  return charset == nullptr || charset->empty() || mail::is_known_charset(*charset);
}

PartView current_part(Execution& execution) {
  const auto& open = walks(execution);
  PartView view{execution.state().snapshot(), nullptr, {}};
  if (!open.empty()) view.path = open.back().current;
  view.part = find_part(read_root(execution, view.message), view.path);
  return view;
}

bool in_part_loop(Execution& execution) { return !walks(execution).empty(); }

PartLoop::PartLoop(Execution& execution, Position position) : execution_(execution) {
  auto& open = walks(execution);
  if (open.size() >= execution.limits().nested_loops) {
    throw ScriptError(position, "foreverypart: more than " + std::to_string(execution.limits().nested_loops) +
                                    " loops inside one another");
  }
  Walk walk;
  if (!open.empty()) walk.start = walk.current = open.back().current;
  open.push_back(std::move(walk));
}

PartLoop::~PartLoop() { walks(execution_).pop_back(); }

bool PartLoop::begin() { return walks(execution_).size() == 1 || next(); }

bool PartLoop::next() {
  Walk& walk = walks(execution_).back();
  const Snapshot message = execution_.state().snapshot();
  const mail::Part& root = read_root(execution_, message);
  const mail::Part* here = find_part(root, walk.current);
  if (here != nullptr && !here->children.empty() && !walk.replaced) {
    walk.current.push_back(0);
    return true;
  }
  walk.replaced = false;
  while (walk.current.size() > walk.start.size()) {
    ++walk.current.back();
    if (find_part(root, walk.current) != nullptr) return true;
    walk.current.pop_back();
  }
  return false;
}

void part_was_replaced(Execution& execution) {
  auto& open = walks(execution);
  if (!open.empty()) open.back().replaced = true;
}

void message_was_enclosed(Execution& execution, const PartPath& path) {
  for (Walk& walk : walks(execution)) {
    walk.start.insert(walk.start.begin(), path.begin(), path.end());
    walk.current.insert(walk.current.begin(), path.begin(), path.end());
  }
}

} // namespace sieve
