-- Asks for scores of users, for wrk, and counts which pairs of model and policy answered:
--   wrk -t2 -c8 -d60s --latency -s score.lua http://localhost:8080/score
-- With "check" behind the address it looks into each answer; without, wrk spends its time on asking alone.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

local users = {}
for user = 1, 64 do
  users[user] = string.format(
    '{"signals": {"days_since_signup": %d, "sessions_7d": %d, "content_hours_7d": %.1f, "downloads_7d": %d, '
      .. '"country_tier": "tier_%d", "channel": "search", "complained": false}}',
    user % 60, user % 12, user % 9 + 0.5, user % 3, user % 3 + 1)
end

local next = 0

local function look(status, headers, body)
  local revision = body:match('"revision":(%d+)')
  local model = body:match('"model":{[^}]*"digest":"([^"]+)"')
  local policy = body:match('"policy":{[^}]*"digest":"([^"]+)"')
  if status == 200 and revision and model and policy then
    local pair = revision .. " " .. model .. " " .. policy
    answers[pair] = (answers[pair] or 0) + 1
  else
    failed = failed + 1
  end
end

function init(arguments)
  answers = {}
  failed = 0
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  if arguments[1] == "check" then
    response = look
  end
end

function request()
  next = next % #users + 1
  return wrk.format(nil, nil, nil, users[next])
end

function done(summary, latency, requests)
  local failed = 0
  for _, thread in ipairs(threads) do
    failed = failed + thread:get("failed")
    for pair, count in pairs(thread:get("answers")) do
      print("answers " .. count .. " " .. pair)
    end
  end
  print(string.format("p99.9 %.2f ms", latency:percentile(99.9) / 1000))
  print("failed " .. failed)
end
