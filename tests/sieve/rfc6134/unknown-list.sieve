# SPDX-License-Identifier: MIT
require "extlists";
redirect :list "enemies";
