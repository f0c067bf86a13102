package parley.bench.load;

/** Somebody who has signed in. */
record Player(String id, String token) {}
