"""How a walk is run: the plan that every one has, and the program."""

import json
import subprocess
import sys
from typing import Any

from tests.flows.accounts.walking import member
from tests.kill.copies import stride
from tests.kill.frame import ROOT
from tests.stage import Stage


def deaths(driver: str, stage: Stage, *, handle: str = "ann", usual: int = 11, **plan: Any) -> int:
    """Stop Mailroom and walk instead, for a member. Returns how many processes died."""
    who = member(stage, handle)
    stage.settle()
    stage.mailroom.stop()
    told = {
        "values": stage.environment(),
        "sandbox": stage.base,
        "now": stage.clock.now().isoformat(),
        "workspace": who.workspace_id,
        "member": who.id,
        "every": False,
        "stride": stride(usual),
        **plan,
    }
    done = subprocess.run(
        [sys.executable, "-m", f"tests.kill.{driver}"],
        input=json.dumps(told),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout)["deaths"])
