"""A file sent to a server as a page sends it, or as somebody does who is no page."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.readers import Reader

EDGE = "explorer-edge"


PATIENCE = 60.0


def put(url: str, reader: Reader, name: str, data: bytes) -> int:
    """Send a file to a reader's visit; the number of the answer. Raises OSError where the connection is cut."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", "/_stcore/health", headers={"Cookie": reader.cookie})
        with connection.getresponse() as first:
            cookie = "; ".join(one.partition(";")[0] for one in first.headers.get_all("Set-Cookie") or ())
            first.read()
        token = cookie.partition("_streamlit_xsrf=")[2].partition(";")[0]
        cookie = f"{cookie}; {reader.cookie}"
        body, kind = multipart(data)
        headers = {"Content-Type": kind, "Cookie": cookie, "X-Xsrftoken": token}
        connection.request("PUT", f"/_stcore/upload_file/{reader.visit}/{name}", body, headers)
        with connection.getresponse() as answer:
            return answer.status
    finally:
        connection.close()


def multipart(data: bytes) -> tuple[bytes, str]:
    """A form with one file, and its content type."""
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="one.csv"\r\n\r\n'
    return head.encode() + data + f"\r\n--{EDGE}--\r\n".encode(), f"multipart/form-data; boundary={EDGE}"
