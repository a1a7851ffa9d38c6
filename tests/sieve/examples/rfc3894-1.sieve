# SPDX-License-Identifier: MIT
require ["fileinto"];
fileinto "unfiltered";
keep;
