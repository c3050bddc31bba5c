/** The app under test: it switches external sharing, and tries once more when the portal is down. */
export async function shareExternally(url, key, on) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${url}/api/2.0/files/settings/external`, {
      method: 'PUT',
      headers: {Authorization: `Bearer ${key}`, 'Content-Type': 'application/json'},
      body: JSON.stringify({set: on}),
    });
    if (answer.ok) {
      return (await answer.json()).response;
    }
    if (answer.status !== 503 || attempt === 2) {
      throw new Error(`status ${answer.status}`);
    }
  }
}
