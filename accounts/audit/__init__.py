"""What staff did, saw and took away: who, when, what and from where, in one chain of digests."""
