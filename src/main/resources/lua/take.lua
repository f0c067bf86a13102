-- Makes tickets. ARGV: now, whether others are refused for good (1 or 0), then for each ticket
-- player, ticket, name, bucket, timeout, seconds to remember it. Answers for each what take does.
-- Refused for good is for tickets that nobody else made: if they came again later, when the open
-- one has ended, they must not be taken then.
local answers = {}
for i = 3, #ARGV, 6 do
  local answer = take(ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5],
    ARGV[1])
  if answer[1] == 'open' and ARGV[2] == '1' then
    finish(ARGV[i + 1], 'refused', ARGV[i + 5])
  end
  answers[#answers + 1] = answer
end
return answers
