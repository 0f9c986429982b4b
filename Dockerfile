# One process on SQLite in /data, or any number on PostgreSQL. Give the settings with --env-file, never in the image.
FROM python:3.13-slim

WORKDIR /mailroom
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
    && useradd --system --home-dir /data --create-home mailroom

COPY app.py manifest.yml ./
COPY bot bot
COPY providers providers
COPY store store

# Inside the container only: what reaches it from outside is decided where the port is published.
ENV PYTHONUNBUFFERED=1 \
    MAILROOM_HOST=0.0.0.0 \
    MAILROOM_DATABASE_URL=sqlite:////data/mailroom.db
USER mailroom
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:3000/readyz', timeout=4)"]
CMD ["sh", "-c", "python app.py migrate && exec python app.py serve"]
