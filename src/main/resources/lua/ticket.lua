-- What is known of a ticket that is under way. ARGV: player, ticket, whether the last waits of its
-- bucket are wanted too (1 or 0). Answers its status, session, and those waits, or nothing if Redis
-- does not know it.
local known = redis.call('HMGET', player_key(ARGV[1]), 'Ticket', 'Status', 'Session',
  'MatchmakingSettings')
if known[1] ~= ARGV[2] then return {} end
local waits = ARGV[3] == '1' and redis.call('LRANGE', waits_key(known[4]), 0, WAITS_KEPT - 1) or {}
return {known[2], known[3] or '', waits}
