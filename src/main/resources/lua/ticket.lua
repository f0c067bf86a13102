-- What is known of a ticket that is under way. ARGV: player, ticket. Answers its status, session,
-- and the last waits of its bucket, or nothing if Redis does not know it.
local known = redis.call('HMGET', player_key(ARGV[1]), 'Ticket', 'Status', 'Session',
  'MatchmakingSettings')
if known[1] ~= ARGV[2] then return {} end
return {known[2], known[3] or '', redis.call('LRANGE', waits_key(known[4]), 0, WAITS_KEPT - 1)}
