-- Asks for scores of users, for wrk, which exits with 1 if any request was not answered with a decision:
--   wrk -t2 -c8 -d60s --latency -s score.lua http://localhost:8080/score
-- Behind the address, after "--", may stand the name of a file beside this one with a body in each line, in place of
-- users-of-quickstart.jsonl; and "check", with which it looks into each answer and counts which pairs of model and policy
-- answered. Without, wrk spends its time on asking alone.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

local users = {}
local folder = debug.getinfo(1, "S").source:match("^@(.*/)") or ""

local function look(status, headers, body)
  local revision = body:match('"revision":(%d+)')
  local model = body:match('"model":{[^}]*"digest":"([^"]+)"')
  local policy = body:match('"policy":{[^}]*"digest":"([^"]+)"')
  if status == 200 and revision and model and policy then
    local pair = revision .. " " .. model .. " " .. policy
    answers[pair] = (answers[pair] or 0) + 1
  else
    strange = strange + 1
  end
end

function init(arguments)
  answers = {}
  strange = 0
  local file = "users-of-quickstart.jsonl"
  for _, argument in ipairs(arguments) do
    if argument == "check" then
      response = look
    else
      file = argument
    end
  end
  for line in io.lines(folder .. file) do
    table.insert(users, line)
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

local next = 0

function request()
  next = next % #users + 1
  return wrk.format(nil, nil, nil, users[next])
end

function done(summary, latency, requests)
  local errors = summary.errors
  -- Of those that were looked into, the ones with a bad status are counted by wrk, too.
  local strange = 0
  for _, thread in ipairs(threads) do
    strange = strange + thread:get("strange")
    for pair, count in pairs(thread:get("answers")) do
      print("answers " .. count .. " " .. pair)
    end
  end
  local failed = math.max(errors.status, strange) + errors.connect + errors.read + errors.write + errors.timeout
  print(string.format("p99.9 %.2f ms", latency:percentile(99.9) / 1000))
  print(string.format("failed %d of %d", failed, summary.requests))
  if failed > 0 or summary.requests == 0 then
    io.stderr:write(string.format(
      "FAILED: %d requests were refused (status 400 or more), %d had no answer; the figures above are worth nothing\n",
      math.max(errors.status, strange), failed - math.max(errors.status, strange)))
    os.exit(1)
  end
end
