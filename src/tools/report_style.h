// SPDX-License-Identifier: MIT
// The style sheet of the page that `run --html` writes.
#pragma once

#include <string_view>

namespace tools {

inline constexpr std::string_view report_style = R"css(
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.2em 1.6em; color: #1c2430; background: #fff }
h1 { font-size: 1.35em; margin: 0 0 .4em; overflow-wrap: anywhere }
h2 { font-size: 1em; text-transform: uppercase; letter-spacing: .05em; color: #5b6675; margin: 1.2em 0 .4em }
h3 { font: 13px ui-monospace, monospace; margin: .8em 0 .3em; color: #5b6675 }
h4 { font-size: .9em; margin: .8em 0 .1em; border-top: 1px solid #e3e7ec; padding-top: .4em }
h4 code { font-weight: 400; color: #5b6675; margin-left: .6em }
h4:target { background: #fff3c4 }
.outcome { background: #eef6ee; border-left: 5px solid #2e8540; padding: .6em 1em .6em 2em; margin: 0 }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2em }
@media (max-width: 800px) { .sides { display: block } }
table { border-collapse: collapse; width: 100% }
.code { font: 13px/1.5 ui-monospace, monospace }
.code td { white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; padding: 0 .5em; tab-size: 4 }
.code td:first-child { text-align: right; color: #8a94a3; width: 2.6em; border-right: 1px solid #d5dbe3 }
.idle td { color: #9aa3af }
.decides td { background: #fff3c4; font-weight: 600 }
.yes, .no, .mark { border-radius: 3px; padding: 0 .4em; margin-left: .7em; font: 600 12px system-ui, sans-serif }
.yes { background: #d9f2de; color: #1b5e2a }
.no { background: #fbdfdc; color: #8c1d13 }
.mark { background: #b77900; color: #fff }
.message { font-size: 13px }
.message th { text-align: right; color: #5b6675; vertical-align: top; padding: 0 .6em 0 0; white-space: nowrap; width: 1% }
.message td { overflow-wrap: anywhere }
.message .seen td, .message .seen th { background: #e8f0fb; color: #12386e }
ul { list-style: none; margin: 0; padding: 0; font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
.outcome { font: inherit }
.test, .branch { font-weight: 600 }
.value, .key { color: #3c4654 }
.hit { color: #1b5e2a }
.action { font-weight: 600; color: #8a5a00 }
q { white-space: pre-wrap }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }
footer { margin-top: 2em; color: #8a94a3; font-size: 12px }
)css";

} // namespace tools
