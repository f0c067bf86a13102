-- Registers servers, or takes their new word. ARGV: now, lease and grace in seconds, then for each
-- server id, address, state (free or inUse).
local now, lease, grace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 4, #ARGV, 3 do
  redis.call('HSET', 'Servers', ARGV[i], ARGV[i + 1])
  renew(ARGV[i], now, lease)
  if ARGV[i + 2] == 'inUse' then
    says_in_use(ARGV[i], '')
  else
    says_free(ARGV[i], '', now, grace)
  end
end
return 0
