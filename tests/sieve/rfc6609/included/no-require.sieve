fileinto "filed";
