keep; require "copy"; require "fileinto"; keep; require "body";
