# SPDX-License-Identifier: MIT
redirect "bart@example.com";
