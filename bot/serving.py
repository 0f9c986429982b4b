"""Run a built Mailroom under gunicorn: one master, workers with threads, everything built inside the worker.

What is built before the fork (threads, scheduler, database connections) is dead in the worker without any
error, so `build` is called in the worker and `stop` when the worker goes.
Source: https://docs.gunicorn.org/en/stable/settings.html (preload_app, worker_exit)
"""

import logging
import sys
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from prometheus_client import CollectorRegistry, start_http_server

from bot.settings import Settings

log = structlog.get_logger(__name__)
BOOT_FAILED = 3  # gunicorn's own code: the master stops instead of starting the worker again and again


class Running(Protocol):
    """What a worker holds."""

    @property
    def web(self) -> Flask:
        """The application that gunicorn calls."""

    @property
    def registry(self) -> CollectorRegistry:
        """The figures of this process."""

    def start(self) -> None:
        """Start what runs beside the requests. Called once, in the worker."""

    def stop(self) -> None:
        """Finish what runs and let go of leases, at most 25 seconds."""


class CannotStart(Exception):
    """Mailroom must not start as things are. The message is a sentence with its fix, without any secret."""


class _Log(Logger):
    """Let gunicorn's lines go through the root handler: its own prints addresses of pages and tracebacks."""

    def setup(self, _cfg: Any) -> None:
        for name in ("gunicorn.error", "gunicorn.access"):
            logger = logging.getLogger(name)
            logger.handlers[:] = []
            logger.propagate = name == "gunicorn.error"
        self.error_log.propagate = True


class _Application(BaseApplication):
    def __init__(self, settings: Settings, build: Callable[[Settings], Running]) -> None:
        self._settings = settings
        self._build = build
        self._running: Running | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in _config(self._settings).items():
            self.cfg.set(name, value)
        self.cfg.set("worker_exit", self._leave)

    def load(self) -> Flask:
        """Build everything; gunicorn calls this in the worker, after the fork."""
        try:
            self._running = self._build(self._settings)
            self._running.start()
        except CannotStart as reason:
            sys.stderr.write(f"Mailroom cannot start. {reason}\n")
            sys.exit(BOOT_FAILED)
        if self._settings.metrics_port:
            serve_metrics(self._running.registry, self._settings.metrics_port, self._settings.workers)
        log.info("ready", port=self._settings.port)
        return self._running.web

    def _leave(self, _server: object, _worker: object) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None


def _config(settings: Settings) -> dict[str, object]:
    return {
        "bind": f"[{settings.host}]:{settings.port}"
        if ":" in settings.host
        else f"{settings.host}:{settings.port}",
        "worker_class": "gthread",
        "workers": 1 if settings.on_sqlite else settings.workers,
        "threads": settings.threads,
        "preload_app": False,
        "timeout": 60,  # seconds without a sign of life, not of one request
        "graceful_timeout": 28,
        "keepalive": 75,  # longer than the usual proxy's, so that it never writes into a closing connection
        "limit_request_line": 4094,
        "accesslog": None,
        "loglevel": settings.log_level,
        "logger_class": _Log,
        "control_socket_disable": True,
        "proc_name": "mailroom",
    }


def serve(settings: Settings, build: Callable[[Settings], Running]) -> None:
    """Serve until SIGTERM or SIGINT; leaves by SystemExit."""
    _Application(settings, build).run()


def serve_metrics(registry: CollectorRegistry, port: int, workers: int) -> int:
    """Offer this worker's metrics on loopback, on the first free of as many ports as there are workers.

    Kept away from the public port: behind a proxy every request seems to come from this machine.
    """
    for candidate in range(port, port + workers):
        try:
            start_http_server(candidate, addr="127.0.0.1", registry=registry)
        except OSError:
            continue
        return candidate
    raise CannotStart(
        f"MAILROOM_METRICS_PORT {port} is taken. Stop what listens there, or choose another port."
    )
