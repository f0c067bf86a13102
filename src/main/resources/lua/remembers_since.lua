-- Since when nothing was lost here: the first time that this was asked, if the answer is gone with all
-- the rest. ARGV: now.
redis.call('SET', 'RemembersSince', ARGV[1], 'NX')
return redis.call('GET', 'RemembersSince')
