const form = document.getElementById('form');
const problem = document.getElementById('problem');

/** Where the reader was going, if that is on this server. */
function goal() {
  try {
    const asked = new URL(new URLSearchParams(location.search).get('next') ?? '/', location.origin);
    return asked.origin === location.origin ? asked.href : '/';
  } catch {
    return '/';
  }
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  problem.hidden = true;
  const token = document.getElementById('token').value.trim();
  try {
    const answer = await fetch('/api/v1/signin', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({token}),
    });
    if (answer.ok) {
      location.assign(goal());
      return;
    }
    problem.textContent = (await answer.json()).detail;
  } catch {
    problem.textContent = 'Lumbar does not answer; is it running?';
  }
  problem.hidden = false;
});
