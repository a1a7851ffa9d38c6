# SPDX-License-Identifier: MIT
if size :over 500K { discard; }
