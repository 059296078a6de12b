-- What all scripts share: the arithmetic of the data set (data/plan.rs says the same), and ways to ask.
math.randomseed(2023)
refused = ""
local bearers = {}

local function id(kind, n) return string.format("018b2c%02x-0000-7000-8000-%012x", kind, n) end
local function unit(n) return id(1, n) end

local function get(who, path, more)
  local headers = { Authorization = bearers[who] }
  for name, value in pairs(more or {}) do headers[name] = value end
  return wrk.format("GET", "/api/v1" .. path, headers)
end

local function post(who, path, body)
  return wrk.format("POST", "/api/v1" .. path,
    { Authorization = bearers[who], ["Content-Type"] = "application/json" }, body)
end

-- The course of the r-th task of the first district.
local function course(r) return SLOTS[(r + math.floor(r / 225) * 6) % 20 + 1] end

local function a_task() return math.random(8, TASKS / 10 - 1) end

local function an_open_task()
  local r
  repeat r = a_task() until OPEN[course(r)]
  return r
end

-- The unit that leads it.
local function lead(r)
  if r % 10 == 9 then return 11 + math.floor(r / 10) % 15 end
  return 161 + r % 225
end

local function report()
  local r = an_open_task()
  return post("officer." .. lead(r), "/tasks/" .. id(4, r * 10) .. "/progress-reports",
    string.format('{"progress":%d,"note":"Đã hoàn thành thêm một đoạn, đề nghị kiểm tra"}', math.random(1, 99)))
end

local LEAN = "&fields=id,code,title,unit,status,timeliness,progress,due_on,version"
local PAGE = "/tasks?status=in_progress&sort=due_on&limit=50"
local WORDS = { "nhan dan hien dat", "bao hiem y te", "dang vien giup do ho ngheo", "NV-123", "camera an ninh" }
local function escape(text) return (text:gsub(" ", "%%20")) end

local function a_get() return get("officer.1", "/tasks/" .. id(4, a_task() * 10)) end
local function a_page() return get("officer.1", PAGE .. LEAN) end
local function a_full_page() return get("officer.1", PAGE) end
local function an_own_page()
  local n = math.random(161, 385)
  return get("officer." .. n, "/tasks?unit_id=" .. unit(n) .. "&sort=due_on&limit=50" .. LEAN)
end
local function a_rollup(more) return get("officer.1", "/reports/task-rollup?unit_id=" .. unit(1) .. "&by=none", more) end
local function children() return get("viewer.0", "/reports/task-rollup?unit_id=" .. unit(0) .. "&by=children") end
local function coverage() return get("officer.1", "/reports/coverage?document_id=" .. RESOLUTION .. "&unit_id=" .. unit(1)) end
local function indicator()
  return get("officer.1", "/reports/indicator-rollup?indicator_id=" .. INDICATOR .. "&unit_id=" .. unit(1) .. "&by=children" .. PERIODS)
end
local function search() return get("officer.1", "/search?limit=20&q=" .. escape(WORDS[math.random(#WORDS)])) end

-- Each change is followed by the question; the two take turns.
local turn = 0
local function in_turn(question)
  turn = turn + 1
  if turn % 2 == 1 then return report() end
  return question()
end

local function unchanged(question) return function() return question({ ["If-None-Match"] = ETAG }) end end
