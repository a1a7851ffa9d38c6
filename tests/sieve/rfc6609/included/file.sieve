require "fileinto";
fileinto "filed";
