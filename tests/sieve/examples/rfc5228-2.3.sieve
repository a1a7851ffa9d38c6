# SPDX-License-Identifier: MIT
discard;
