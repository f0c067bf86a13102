-- Forgets a server. ARGV: server. Answers 1, or 0 for an unknown one. A session that it was given
-- to, and whose players are still to be told, keeps its address.
withdraw(ARGV[1])
redis.call('ZREM', 'ServersLost', ARGV[1])
return redis.call('HDEL', 'Servers', ARGV[1])
