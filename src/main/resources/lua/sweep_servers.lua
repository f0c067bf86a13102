-- Puts servers that were not heard of within their lease among the lost, and forgets those that are
-- lost for long. ARGV: now, after how many seconds a lost one is forgotten.
local now = tonumber(ARGV[1])
lose_servers(now)
for _, server in ipairs(redis.call('ZRANGEBYSCORE', 'ServersLost', '-inf', now - ARGV[2])) do
  redis.call('ZREM', 'ServersLost', server)
  redis.call('HDEL', 'Servers', server)
end
free_due_servers(now)
return 0
