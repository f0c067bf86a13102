-- A server is alive. ARGV: now, lease and grace in seconds, server, state (free or inUse), the
-- session that it is done with or serves, or ''. Answers nothing for an unknown one, else its state
-- now and its session.
local now, lease, grace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local server = ARGV[4]
if redis.call('HEXISTS', 'Servers', server) == 0 then return {} end
renew(server, now, lease)
if ARGV[5] == 'inUse' then
  says_in_use(server, ARGV[6])
else
  says_free(server, ARGV[6], now, grace)
end
local session = redis.call('HGET', 'ServersInUse', server)
return {session and 'inUse' or 'free', session or ''}
