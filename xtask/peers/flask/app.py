"""A stand-in for the service as a team would write it in Flask: the same paths, the same reports, the same variables."""
import os

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.engine import URL

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = URL.create(
    "postgresql+psycopg2",
    username=os.environ["DB_USERNAME"],
    password=os.environ["DB_PASSWORD"],
    host=os.environ.get("DB_HOST", "127.0.0.1"),
    port=int(os.environ.get("DB_PORT", "5432")),
    database=os.environ.get("DB_NAME", "postgres"),
    query={"sslmode": os.environ.get("DB_SSLMODE", "prefer"), "sslrootcert": os.environ.get("DB_SSLROOTCERT", "")},
)
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 4, "max_overflow": 0, "pool_timeout": 2}
database = SQLAlchemy(app)

DAILY_USAGE = text(
    "SELECT date(created_at) AS day, count(*) AS visits FROM tokens WHERE used_at IS NOT NULL GROUP BY day ORDER BY day"
)
USER_VISITS = text(
    "SELECT t.user_id, count(*) AS visits, u.joined_at FROM tokens t JOIN users u ON u.id = t.user_id"
    " GROUP BY t.user_id, u.joined_at ORDER BY t.user_id"
)


@app.get("/health_check")
def health_check():
    return "ok"


@app.get("/readiness_check")
def readiness_check():
    try:
        database.session.execute(text("SELECT 1 FROM tokens LIMIT 1"))
    except Exception:
        app.logger.exception("not ready")
        return "failed", 500
    return "ok"


@app.get("/api/reports/daily_usage")
def daily_usage():
    rows = database.session.execute(DAILY_USAGE)
    return jsonify({str(row.day): row.visits for row in rows})


@app.get("/api/reports/user_visits")
def user_visits():
    rows = database.session.execute(USER_VISITS)
    return jsonify({row.user_id: {"joined_at": str(row.joined_at), "visits": row.visits} for row in rows})
