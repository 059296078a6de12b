"""What the fuzzing needs to know of tiendo: how to log in, which ids exist, how lines are sent."""

import functools
import os
import time
import uuid

import requests
import schemathesis

BASE = os.environ["TIENDO_URL"] + "/api/v1"
WHO = {"username": os.environ["TIENDO_USER"], "password": os.environ["TIENDO_PASSWORD"]}


class Elsewhere(requests.adapters.HTTPAdapter):
    """Logs in from another address: wrong log-ins made by the fuzzing slow down their own one."""

    def init_poolmanager(self, *args, **more):
        super().init_poolmanager(*args, source_address=("127.0.0.9", 0), **more)


def log_in():
    with requests.Session() as session:
        session.mount("http://", Elsewhere())
        answer = session.post(f"{BASE}/auth/login", json=WHO, timeout=60)
        while answer.status_code == 429:
            time.sleep(int(answer.headers["retry-after"]))
            answer = session.post(f"{BASE}/auth/login", json=WHO, timeout=60)
        answer.raise_for_status()
        return answer.json()["access_token"]


@schemathesis.auth(refresh_interval=600)
class Officer:
    """A token lives 15 minutes: a new one every 10."""

    def get(self, case, context):
        return log_in()

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@functools.cache
def stock():
    """What a commune reports of, which the demo has none of: a figure, a form that asks for it, and a report."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {log_in()}"

    def made(collection, **body):
        answer = session.post(f"{BASE}/{collection}", json=body, timeout=60)
        assert answer.status_code == 201, (collection, answer.text)
        return answer.json()["id"]

    unit = session.get(f"{BASE}/me", timeout=60).json()["assignments"][0]["unit"]["id"]
    indicator = made(
        "indicators",
        unit_id=unit, code="FUZZ", name="Số hộ nghèo", measure_unit="hộ", direction="lower",
        decimals=0, over_periods="latest", over_units="sum", period_kind="month",
    )
    item = {"key": "ngheo", "kind": "indicator", "indicator_id": indicator, "label": "Số hộ nghèo"}
    form = made(
        "forms",
        unit_id=unit, code="FUZZ", name="Báo cáo tháng", period_kind="month", valid_from="2023-01",
        unit_ids=[unit], due_working_days=2, items=[item],
    )
    made("indicator-values", indicator_id=indicator, unit_id=unit, period="2023-08", value=42)
    made("submissions", form_id=form, unit_id=unit, period="2023-08")
    made("submissions", form_id=form, unit_id=unit, period="2023-09")


@functools.cache
def seen(collection, minute):
    """Ids the officer can see; asked for anew every minute, since the fuzzing makes some."""
    stock()
    answer = requests.get(
        f"{BASE}/{collection}",
        params={"limit": 200},
        headers={"Authorization": f"Bearer {log_in()}"},
        timeout=60,
    )
    return [row["id"] for row in answer.json().get("items", []) if "id" in row] if answer.ok else []


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Three guessed ids of four become ids that exist: a fuzzer that only guesses never gets behind the
    404. What is no id at all stays as it is. Of `tasks/{id}/parts/{part_id}` both are filled in."""
    steps = context.operation.path.removeprefix("/api/v1/").split("/")
    for at, step in enumerate(steps):
        name = step.strip("{}")
        if not step.startswith("{") or name not in (path_parameters or {}):
            continue
        try:
            guess = uuid.UUID(str(path_parameters[name])).int
        except ValueError:
            return path_parameters
        collection = "/".join(str(path_parameters.get(s.strip("{}"), s)) for s in steps[:at])
        ids = seen(collection, int(time.time()) // 60) if guess % 4 else []
        if ids:
            path_parameters[name] = ids[guess % len(ids)]
    return path_parameters


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context, case, kwargs):
    """The document's example of a change of password works on the demo, and would lock the fuzzing out.
    Examples come here as they stand in the document."""
    if isinstance(case.body, dict) and case.body.get("current_password") == WHO["password"]:
        case.body["current_password"] += "!"
    # A 201 without its body is right when little was preferred, but OpenAPI has no words for that.
    for name in [name for name in case.headers or {} if name.lower() == "prefer"]:
        del case.headers[name]
